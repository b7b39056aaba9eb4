import '../elements/app-frame.3b58bbd22a.js';
