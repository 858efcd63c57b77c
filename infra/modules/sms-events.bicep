// Inbound texts and delivery reports into the queue sms-events, by identity, in Event Grid's own schema.
param topicName string
param recordsAccountId string
@description('Where what could not be delivered is kept: patients\' texts, so in the records\' account.')
param undeliveredContainer string

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' existing = {
  name: topicName
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = {
  parent: topic
  name: 'texts'
  properties: {
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: recordsAccountId
          queueName: 'sms-events'
          // Never: a STOP that waits out an outage must still be heard.
          queueMessageTimeToLiveInSeconds: -1
        }
      }
    }
    // A STOP or a call for help that the queue did not take for a day must not vanish; an alert tells of each.
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: {
          resourceId: recordsAccountId
          blobContainerName: undeliveredContainer
        }
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: [
        'Microsoft.Communication.SMSReceived'
        'Microsoft.Communication.SMSDeliveryReportReceived'
      ]
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
}
