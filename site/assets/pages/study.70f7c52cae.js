import '../elements/app-frame.7c08ed4040.js';
import '../elements/study-page.9f51bc659d.js';
