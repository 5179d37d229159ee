import type { Schema } from '../lib/api';

export type Outcome = Schema<'CheckOutcome'>;
export type Reason = Schema<'CheckReason'>;
export type Steps = Schema<'CheckSteps'>;
export type StepName = Schema<'CheckStep'>;

/** What went wrong with a device: the person refused, or something else. */
export interface Trouble {
  readonly outcome: 'DENIED' | 'FAILED';
  readonly reason?: Reason;
}

/** Is this a page that a browser gives devices to? Only https and this very machine are. */
export function devicesAllowed(): boolean {
  return window.isSecureContext && 'mediaDevices' in navigator;
}

export async function openCamera(): Promise<MediaStream | Trouble> {
  return open({ video: { width: { ideal: 1_280 }, height: { ideal: 720 } } });
}

/** Without the browser's own gain, so that the level is what the microphone gives. */
export async function openMicrophone(): Promise<MediaStream | Trouble> {
  return open({ audio: { autoGainControl: false } });
}

async function open(wanted: MediaStreamConstraints): Promise<MediaStream | Trouble> {
  if (!devicesAllowed()) return { outcome: 'FAILED', reason: 'INSECURE' };
  try {
    return await navigator.mediaDevices.getUserMedia(wanted);
  } catch (cause) {
    return trouble(cause instanceof DOMException ? cause.name : '');
  }
}

/** The names under which browsers tell it: https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
export function trouble(name: string): Trouble {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { outcome: 'DENIED' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { outcome: 'FAILED', reason: 'MISSING' };
    case 'NotReadableError':
    case 'AbortError':
      return { outcome: 'FAILED', reason: 'BUSY' };
    default:
      return { outcome: 'FAILED', reason: 'OTHER' };
  }
}

export function isStream(opened: MediaStream | Trouble): opened is MediaStream {
  return 'getTracks' in opened;
}

export function release(stream: MediaStream | undefined): void {
  stream?.getTracks().forEach((track) => track.stop());
}

/** Its name as the browser tells it, short enough to be taken down. */
export function deviceName(stream: MediaStream): string {
  return (stream.getTracks()[0]?.label ?? '').slice(0, 200);
}
