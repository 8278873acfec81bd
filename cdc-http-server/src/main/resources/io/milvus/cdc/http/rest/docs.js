'use strict';

// Without a validator, which would be a server elsewhere.
SwaggerUIBundle({url: 'openapi.json', dom_id: '#docs', validatorUrl: null, deepLinking: true});
