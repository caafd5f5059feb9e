FROM node:26-slim
WORKDIR /opt/newsstand
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
ENV NODE_ENV=production NODE_COMPILE_CACHE=/var/cache/newsstand
ENV HOST=0.0.0.0 PORT=3000 ARTICLES_DIR=/articles DATA_DIR=/data
RUN mkdir /articles /data /var/cache/newsstand && chown node:node /data /var/cache/newsstand
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --start-period=5m CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1))"]
# Without npm, so that it is the first process, and is told when to stop.
CMD ["node", "src/newsstand.cjs"]
