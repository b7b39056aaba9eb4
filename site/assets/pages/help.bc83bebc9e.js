import '../elements/app-frame.e89bc4a050.js';
