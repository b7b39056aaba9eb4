import '../elements/app-frame.fe7b08cc20.js';
import '../elements/sender-list.dd9d05d0ee.js';
