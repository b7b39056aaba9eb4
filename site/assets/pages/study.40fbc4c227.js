import '../elements/app-frame.75629a1284.js';
import '../elements/study-page.ef5d59ea97.js';
