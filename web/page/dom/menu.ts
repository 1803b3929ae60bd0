// menu.ts: a button with a list below it, which closes by itself: on Escape, on a press elsewhere, and when
// something in it was chosen.

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
