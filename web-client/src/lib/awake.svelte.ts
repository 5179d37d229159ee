/** Keeps the screen from going dark while `wanted()`: a phone that sleeps loses its line. Where it cannot, it does nothing. */
export function keepAwake(wanted: () => boolean): void {
  $effect(() => {
    if (!wanted() || !('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const take = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        const taken = await navigator.wakeLock.request('screen');
        if (over) void taken.release();
        else lock = taken;
      } catch {
        // the battery is low, or the browser says no: then the screen behaves as always
      }
    };
    const back = () => void take(); // the browser lets go whenever the page is hidden
    document.addEventListener('visibilitychange', back);
    void take();
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', back);
      void lock?.release();
    };
  });
}
