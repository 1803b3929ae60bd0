npm install rouse
deno run --allow-read main.js
