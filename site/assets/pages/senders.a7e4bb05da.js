import '../elements/app-frame.e89bc4a050.js';
import '../elements/sender-list.0ccc17eac7.js';
