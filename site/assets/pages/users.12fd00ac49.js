import '../elements/app-frame.fe7b08cc20.js';
import '../elements/user-list.772f885950.js';
