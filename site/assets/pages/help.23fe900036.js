import '../elements/app-frame.7c08ed4040.js';
