import '../elements/app-frame.87e0f528fd.js';
import '../elements/study-page.5b144fa23d.js';
