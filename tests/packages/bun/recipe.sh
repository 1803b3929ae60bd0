npm install rouse
bun main.js
