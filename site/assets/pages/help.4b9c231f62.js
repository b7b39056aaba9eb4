import '../elements/app-frame.75629a1284.js';
