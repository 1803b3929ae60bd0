// menu.ts: a button with a list below it. It closes on Escape, on a click elsewhere, and when you choose an item.

export function bindMenu(menu: HTMLDetailsElement): void {
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary')!.focus();
  });
  addEventListener('click', ({ target }) => {
    const isHead = (target as Element).closest('summary')?.parentElement === menu;
    if (!isHead) menu.open = false;
  });
}
