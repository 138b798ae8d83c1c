// The browser loads the package's own file, which the build puts beside the page as `marked.js`.
export * from 'marked';
