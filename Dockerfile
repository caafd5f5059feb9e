FROM node:24-slim
WORKDIR /opt/newsstand
COPY package.json package-lock.json .npmrc ./
# The version of Node that Newsstand runs on comes with its packages.
RUN npm ci --include=dev
COPY . .
ENV HOST=0.0.0.0 ARTICLES_DIR=/articles DATA_DIR=/data
RUN mkdir /articles /data && chown node:node /data node_modules
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then(({ ok }) => process.exit(ok ? 0 : 1))"]
CMD ["npm", "start"]
