/** Two short notes, made here: no file to be fetched, and nothing where the browser forbids sound. */
export function chime(): void {
  try {
    const context = new AudioContext();
    const gain = context.createGain();
    gain.connect(context.destination);
    [660, 880].forEach((pitch, i) => {
      const note = context.createOscillator();
      note.frequency.value = pitch;
      note.connect(gain);
      note.start(context.currentTime + i * 0.18);
      note.stop(context.currentTime + i * 0.18 + 0.15);
    });
    gain.gain.value = 0.2;
    setTimeout(() => void context.close(), 1_000);
  } catch {
    // no sound here: the alarm is on the screen all the same
  }
}
