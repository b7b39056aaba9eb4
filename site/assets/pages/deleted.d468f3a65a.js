import '../elements/app-frame.75629a1284.js';
import '../elements/deletion-list.10ae3786d0.js';
