import '../elements/app-frame.87e0f528fd.js';
import '../elements/study-page.7aba7ff80a.js';
