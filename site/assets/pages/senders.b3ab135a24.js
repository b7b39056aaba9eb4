import '../elements/app-frame.6d1f977e50.js';
import '../elements/sender-list.89ea011126.js';
