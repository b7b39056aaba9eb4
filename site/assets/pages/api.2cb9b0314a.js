import '../elements/app-frame.7c08ed4040.js';
import '../elements/api-page.f11bfcdc21.js';
