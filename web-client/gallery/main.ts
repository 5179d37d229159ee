import { mount } from 'svelte';
import { clock } from '../src/lib/clock.svelte';
import '../src/style/base.css';
import Gallery from './Gallery.svelte';

clock.pause(Date.parse('2026-11-30T01:14:05Z'));

const target = document.getElementById('app');
if (target) mount(Gallery, { target });
