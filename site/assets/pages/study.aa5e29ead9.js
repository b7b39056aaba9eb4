import '../elements/app-frame.87e0f528fd.js';
import '../elements/study-page.bdd10fb484.js';
