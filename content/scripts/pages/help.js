import '../elements/app-frame.js';
