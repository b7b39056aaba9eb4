import '../elements/app-frame.d8d6302ff4.js';
