import '../elements/app-frame.3b58bbd22a.js';
import '../elements/api-page.f11bfcdc21.js';
