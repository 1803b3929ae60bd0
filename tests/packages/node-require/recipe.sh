npm install rouse
node main.cjs
