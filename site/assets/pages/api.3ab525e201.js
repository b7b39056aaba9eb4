import '../elements/app-frame.fe7b08cc20.js';
import '../elements/api-page.ad9e1fb1a9.js';
