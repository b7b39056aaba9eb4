import '../elements/app-frame.87e0f528fd.js';
