npm install rouse
node main.js
