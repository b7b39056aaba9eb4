import '../elements/app-frame.87e0f528fd.js';
import '../elements/sender-list.60b914e884.js';
