import '../elements/app-frame.f0c24cb7ca.js';
