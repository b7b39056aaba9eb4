import '../elements/app-frame.87e0f528fd.js';
import '../elements/study-page.f935880242.js';
