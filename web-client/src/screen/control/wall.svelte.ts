/** Is the control room shown on a wall? Kept in the address, so that a wall's computer can be given that address. */
export class Wall {
  on = $state(/[?&]wall\b/.test(location.search));

  async set(on: boolean): Promise<void> {
    this.on = on;
    history.replaceState(null, '', on ? '?wall' : location.pathname);
    try {
      if (on) await document.documentElement.requestFullscreen();
      else await this.leave();
    } catch {
      // not every browser has it, and not every page may: the wall is also one without
    }
  }

  async leave(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
  }
}
