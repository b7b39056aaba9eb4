import '../elements/app-frame.6d1f977e50.js';
import '../elements/sender-list.0ccc17eac7.js';
