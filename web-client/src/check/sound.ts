/** Below this a microphone gives its own noise and nothing else. */
const SILENCE_DB = -55;
const TONE_HZ = [523, 659, 784] as const;
const TONE_S = 0.45;

/** How loud a microphone is, as often as the screen is drawn: decibels below full scale, 0 the loudest. */
export function listenTo(stream: MediaStream, onLevel: (db: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2_048;
  context.createMediaStreamSource(stream).connect(analyser);
  void context.resume();
  const samples = new Float32Array(analyser.fftSize);
  // A timer, not the screen's beat: a page in the background must not be taken for a silent microphone.
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(decibels(samples));
  }, 60);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

export function decibels(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2;
  const db = 10 * Math.log10(sum / Math.max(1, samples.length));
  return Number.isFinite(db) ? Math.max(-100, Math.round(db * 10) / 10) : -100;
}

export function isSound(db: number): boolean {
  return db > SILENCE_DB;
}

/** Where a level stands between silence and full scale, 0 to 1. */
export function share(db: number): number {
  return Math.min(1, Math.max(0, (db - SILENCE_DB) / -SILENCE_DB));
}

/** Three rising tones, so that a hum of the room is not taken for it. Resolves when the last has faded. */
export async function playTones(): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    TONE_HZ.forEach((hz, n) => tone(context, hz, context.currentTime + n * TONE_S));
    await new Promise((later) => setTimeout(later, TONE_HZ.length * TONE_S * 1_000 + 200));
  } finally {
    void context.close();
  }
}

function tone(context: AudioContext, hz: number, at: number): void {
  const oscillator = new OscillatorNode(context, { frequency: hz });
  const gain = new GainNode(context, { gain: 0 });
  oscillator.connect(gain).connect(context.destination);
  gain.gain.setTargetAtTime(0.4, at, 0.02);
  gain.gain.setTargetAtTime(0, at + TONE_S - 0.12, 0.04);
  oscillator.start(at);
  oscillator.stop(at + TONE_S);
}
