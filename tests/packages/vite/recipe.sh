npm install rouse
npx vite build
