// Before the first paint: the reader's theme and language, so that nothing flashes. Not in line, for the security policy.
try {
  const root = document.documentElement;
  const theme = localStorage.getItem('giaoban.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (localStorage.getItem('giaoban.language') === 'en') root.lang = 'en';
} catch {
  // storage may be forbidden: the defaults stand
}
