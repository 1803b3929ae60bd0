npm install rouse
npx rollup -c
