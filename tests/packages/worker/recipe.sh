npm install rouse
