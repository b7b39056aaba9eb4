import '../elements/app-frame.7c08ed4040.js';
import '../elements/user-list.313f925b6f.js';
