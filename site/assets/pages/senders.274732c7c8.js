import '../elements/app-frame.75629a1284.js';
import '../elements/sender-list.16b8df6132.js';
