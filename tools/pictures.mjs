// The pictures of the page in the README: `npm run pictures` takes them anew.
import { writeFileSync } from 'node:fs';
import { lessonsOf, openLesson, withSite } from '../tests/browser/site.mjs';
import { open } from '../tests/browser/open.mjs';
import { root } from './process.mjs';

const STEP = 20; // of the first lesson: both programs wait
const pictures = [
  { file: 'docs/page.png', width: 1440, height: 900 },
  { file: 'docs/page-narrow.png', width: 390, height: 844, from: 'views' }, // below the text
];

const { log } = await withSite('pictures', async (site, address) => {
  for (const { file, width, height, from } of pictures) {
    const tab = await open('chromium');
    try {
      await tab.resize(width, height);
      await openLesson(tab, address, lessonsOf(site)[0], `&s=${STEP}`);
      if (from) await tab.evaluate(`document.getElementById('${from}').scrollIntoView()`);
      writeFileSync(`${root}/${file}`, await tab.screenshot());
      console.log(file);
    } finally {
      await tab.close();
    }
  }
});
if (log) console.log(log);
process.exitCode = log ? 1 : 0;
