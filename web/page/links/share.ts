// share.ts: copies a link to what is on the screen. There is no server: the link holds everything.
import { download } from '../dom/download.js';
import { say } from '../dom/notice.js';
import { writePlace, type Place } from './address.js';
import { pack } from './pack.js';

const LONGEST = 8000; // mail programs and chats cut longer ones

/** `script` is the program if it was edited. */
export async function share(place: Place, script: string | undefined): Promise<void> {
  const packed = script === undefined ? {} : { packed: await pack({ js: script }) };
  const { lesson, step, variant } = place;
  const hash = writePlace({ lesson, step, variant, ...packed });
  const link = new URL(hash, location.href).href;
  if (script !== undefined && link.length > LONGEST) {
    const save = () => download(`rouse-${lesson}.js`, script, 'text/javascript');
    return say(`This program is too long for a link (${link.length} characters).`, {
      label: 'Save it as a file',
      run: save,
    });
  }
  history.replaceState(null, '', hash);
  try {
    await navigator.clipboard.writeText(link);
    say(`The link is copied: ${link.length} characters.`);
  } catch {
    say('The browser did not let the page copy the link. Copy it from the address bar.');
  }
}
