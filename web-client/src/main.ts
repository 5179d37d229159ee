import { mount } from 'svelte';
import App from './App.svelte';
import { askTime } from './lib/api';
import { clock } from './lib/clock.svelte';
import { session } from './lib/session.svelte';
import { sayMissing } from './lib/missing';
import './style/base.css';

void clock.measure(askTime);
void session.load();
sayMissing(document);

const target = document.getElementById('app');
if (target) mount(App, { target });
