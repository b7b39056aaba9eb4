import '../elements/app-frame.fe7b08cc20.js';
import '../elements/study-page.ba3bba82c7.js';
