npm install rouse
npx webpack --mode production
