// keys.ts: the keys of the page. A key without a modifier does nothing here if the focused element uses it itself.

export interface Commands {
  /** True if the key was one of the player's. */
  player(event: KeyboardEvent): boolean;
  /** Whether single-character keys are switched on. */
  hasLetters(): boolean;
  help(): void;
  neighbour(direction: number): void;
  run(): void;
  share(): void;
}

function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input, select, textarea, .editor') || target.closest('dialog')) return true;
  return key === ' ' && target.closest('button, a, summary') !== null;
}

function plainKey(event: KeyboardEvent, commands: Commands): boolean {
  const { key, target } = event;
  if (isTaken(target, key)) return false;
  const isList = target instanceof HTMLElement && target.id === 'steps';
  const asArrow = isList ? { ArrowDown: 'ArrowRight', ArrowUp: 'ArrowLeft' }[key] : undefined;
  if (asArrow) return commands.player(new KeyboardEvent('keydown', { key: asArrow }));
  return letter(key, commands) || commands.player(event);
}

/** Single-character keys, which the reader can switch off. */
function letter(key: string, commands: Commands): boolean {
  if (!commands.hasLetters()) return false;
  if (key === '[' || key === ']') commands.neighbour(key === '[' ? -1 : 1);
  else if (key === '?') commands.help();
  else return false;
  return true;
}

export function bindKeys(commands: Commands): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const isOurs =
      event.ctrlKey || event.metaKey
        ? { Enter: commands.run, s: commands.share }[event.key]
        : () => plainKey(event, commands);
    if (isOurs && (isOurs as () => boolean | void)() !== false) event.preventDefault();
  });
}
