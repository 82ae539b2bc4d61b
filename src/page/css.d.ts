/** A style sheet that a page imports: the bundler puts it into the page's own (report/page-code.ts). */
declare module '*.css' {}
