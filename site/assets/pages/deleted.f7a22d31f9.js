import '../elements/app-frame.87e0f528fd.js';
import '../elements/deletion-list.10ae3786d0.js';
