import '../elements/app-frame.fe7b08cc20.js';
