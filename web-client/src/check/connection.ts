import type { Schema } from '../lib/api';
import type { Steps } from './devices';

export type ConnectionFigures = NonNullable<Steps['connection']>;

const CONNECT_MS = 12_000;
/** Long enough for a few hundred packets of sound. */
const FLOWING_MS = 5_000;

/**
 * A real WebRTC connection with sound and, where there is a camera, its picture: through the relay where one is
 * configured, else to oneself. Packet loss is told only of the relay's way: on a loop nothing can be lost.
 */
export async function tryConnection(
  iceServers: Schema<'CheckPreparation'>['iceServers'],
  camera: MediaStream | undefined,
  signal: AbortSignal,
): Promise<ConnectionFigures> {
  const relayed = iceServers.length > 0;
  const path = {
    path: relayed ? 'RELAY' : 'LOOPBACK',
    ...(relayed && { server: serverName(iceServers) }),
  } as const;
  if (!('RTCPeerConnection' in window)) return { outcome: 'FAILED', reason: 'UNSUPPORTED', ...path };
  const configuration: RTCConfiguration = { iceServers, ...(relayed && { iceTransportPolicy: 'relay' }) };
  const toClose: { close(): unknown }[] = [];
  const opened = <Thing extends { close(): unknown }>(thing: Thing): Thing => (toClose.push(thing), thing);
  try {
    const near = opened(new RTCPeerConnection(configuration));
    const far = opened(new RTCPeerConnection(configuration));
    const sound = opened(new AudioContext());
    near.onicecandidate = ({ candidate }) => candidate && void far.addIceCandidate(candidate);
    far.onicecandidate = ({ candidate }) => candidate && void near.addIceCandidate(candidate);
    send(near, sound, camera);
    const began = performance.now();
    await agree(near, far);
    await connected(near, signal);
    const connectMs = Math.round(performance.now() - began);
    await pause(FLOWING_MS, signal);
    const found = await figures(near, far, relayed);
    // A way that is agreed upon and carries nothing is none.
    if (!found.packets) return { outcome: 'FAILED', reason: 'UNREACHABLE', ...path, connectMs };
    return { outcome: 'OK', ...path, connectMs, ...found };
  } catch {
    return { outcome: 'FAILED', reason: signal.aborted ? 'INTERRUPTED' : 'UNREACHABLE', ...path };
  } finally {
    for (const thing of toClose) void thing.close();
  }
}

function serverName(iceServers: Schema<'CheckPreparation'>['iceServers']): string {
  return (iceServers[0]?.urls[0] ?? '')
    .replace(/^turns?:/, '')
    .replace(/\?.*$/, '')
    .slice(0, 200);
}

/** A quiet tone stands for the talk: packets flow although nobody speaks. */
function send(near: RTCPeerConnection, sound: AudioContext, camera: MediaStream | undefined): void {
  void sound.resume();
  const source = new OscillatorNode(sound, { frequency: 440 });
  const destination = sound.createMediaStreamDestination();
  source.connect(new GainNode(sound, { gain: 0.05 })).connect(destination);
  source.start();
  for (const track of destination.stream.getTracks()) near.addTrack(track, destination.stream);
  const picture = camera?.getVideoTracks()[0];
  if (picture?.readyState === 'live' && camera) near.addTrack(picture, camera);
}

async function agree(near: RTCPeerConnection, far: RTCPeerConnection): Promise<void> {
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription as RTCSessionDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription as RTCSessionDescription);
}

function connected(peer: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timeout')), CONNECT_MS);
    const look = () => {
      if (peer.connectionState === 'connected') resolve();
      else if (peer.connectionState === 'failed' || signal.aborted) reject(new Error('failed'));
      else return;
      clearTimeout(timer);
    };
    peer.onconnectionstatechange = look;
    signal.addEventListener('abort', look, { once: true });
    look();
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), reject(new Error('aborted'))), {
      once: true,
    });
  });
}

/** What the browsers count: https://www.w3.org/TR/webrtc-stats/ */
interface Counted {
  readonly type: string;
  readonly mimeType?: string;
  readonly packetsLost?: number;
  readonly packetsReceived?: number;
  readonly jitter?: number;
  readonly currentRoundTripTime?: number;
  readonly nominated?: boolean;
}

async function figures(
  near: RTCPeerConnection,
  far: RTCPeerConnection,
  relayed: boolean,
): Promise<Partial<ConnectionFigures>> {
  const all: Counted[] = [];
  (await far.getStats()).forEach((counted: Counted) => all.push(counted));
  const here: Counted[] = [];
  (await near.getStats()).forEach((counted: Counted) => here.push(counted));
  return readFigures(all, here, relayed);
}

/** `far`: the receiving end's counters; `near`: the sending end's. */
export function readFigures(
  far: readonly Counted[],
  near: readonly Counted[],
  relayed: boolean,
): Partial<ConnectionFigures> {
  const codecs = far.flatMap(({ type, mimeType }) => (type === 'codec' && mimeType ? [mimeType] : []));
  const streams = far.filter(({ type }) => type === 'inbound-rtp');
  const sum = (of: (counted: Counted) => number | undefined) =>
    streams.reduce((total, counted) => total + Math.max(0, of(counted) ?? 0), 0);
  const lost = sum((counted) => counted.packetsLost);
  const packets = lost + sum((counted) => counted.packetsReceived);
  const trip = near.find(
    ({ type, nominated }) => type === 'candidate-pair' && nominated,
  )?.currentRoundTripTime;
  const jitters = streams.flatMap(({ jitter }) => (jitter === undefined ? [] : [jitter * 1_000]));
  return {
    codecs: [...new Set(codecs)].slice(0, 20),
    packets,
    ...(relayed && packets > 0 && { lossPercent: Math.round((lost / packets) * 10_000) / 100 }),
    ...(relayed && jitters.length > 0 && { jitterMs: Math.round(Math.max(...jitters) * 10) / 10 }),
    ...(relayed && trip !== undefined && { roundTripMs: Math.round(trip * 10_000) / 10 }),
  };
}
