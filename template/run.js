// Calls the async function of app.c in Node.
import { load } from 'rouse';

const app = await load(new URL('./app.wasm', import.meta.url));
const greeting = app.greet('Ann'); // lazy: nothing runs yet
console.log(await greeting);
